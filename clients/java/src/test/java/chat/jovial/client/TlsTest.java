package chat.jovial.client;

import static chat.jovial.client.Device.await;
import static chat.jovial.testing.Await.await;
import static org.assertj.core.api.Assertions.assertThat;

import chat.jovial.client.model.Body;
import chat.jovial.client.model.Connection.Status;
import chat.jovial.client.model.Tokens;
import chat.jovial.client.store.MemoryStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
  private static final char[] PASSWORD = "for-tests-only".toCharArray();

  @TempDir private Path folder;

  /** A key for localhost, made by the JDK's own tool. */
  @BeforeEach
  void makeKey() throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                folder.resolve("keys.p12").toString(),
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.out").toFile())
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(keytool.exitValue()).as(Files.readString(folder.resolve("keytool.out"))).isZero();
  }

  private SSLContext context() throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve("keys.p12"))) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    return context;
  }

  @Test
  void messages_go_over_tls() throws Exception {
    try (ScriptedServer server = new ScriptedServer(context().getServerSocketFactory());
        Device ann =
            new Device(Device.config(server, "ann", new MemoryStore()).tls(context()).build())) {
      await(ann.client.send("bob", Body.text("Hi")).stored());
      assertThat(server.logOf("d.ann.bob")).hasSize(1);
    }
  }

  @Test
  void a_server_whose_certificate_is_not_trusted_or_for_another_host_is_told_nothing()
      throws Exception {
    try (ScriptedServer server = new ScriptedServer(context().getServerSocketFactory());
        Device untrusting =
            new Device(
                Device.config(server, "ann", new MemoryStore())
                    .tls(SSLContext.getDefault())
                    .build());
        Device elsewhere =
            new Device(
                ClientConfig.builder()
                    .endpoint("127.0.0.1", server.port())
                    .tokens(Tokens.of(ScriptedServer.token("ann", "d1"), null))
                    .tls(context())
                    .build())) {
      for (Device device : new Device[] {untrusting, elsewhere}) {
        await(
                "device.connections.stream().anyMatch(connection -> connection.status() == Status.OFFLINE)")
            .until(
                () ->
                    device.connections.stream()
                        .anyMatch(connection -> connection.status() == Status.OFFLINE));
      }
      assertThat(server.requests).isEmpty();
    }
  }
}
