package chat.jovial.embedded;

import java.io.IOException;
import java.nio.file.Path;

/** Runs the MongoDB server in a JVM that a test can kill. Prints its connection string. */
final class MongoChild {
  private MongoChild() {}

  public static void main(String[] arguments) throws IOException {
    EmbeddedMongo mongo = EmbeddedMongo.start(MongoSettings.in(Path.of(arguments[0]))).join();
    System.out.println(mongo.connectionString());
    System.exit(System.in.read());
  }
}
