package chat.jovial.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Runs both stores in a JVM that a test can kill. Prints Cassandra's port and process id. */
final class StoresChild {
  private StoresChild() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedStores stores = EmbeddedStores.start(Path.of(arguments[0])).join();
    System.out.println(stores.cassandra().contactPoint().getPort());
    System.out.println(stores.cassandra().pid());
    System.exit(System.in.read());
  }
}
