package io.partita.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.partita.member.testing.TestMember;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** REST over TLS, with clients that show certificates. */
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    @TempDir
    private static Path folder;
    private static TestMember member;
    private static Identity client;
    private static Identity first;

    /** A key and its certificate, signed by itself. */
    private record Identity(KeyStore store) {

        static Identity of(String name) throws Exception {
            Path file = folder.resolve(name + ".p12");
            Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "own", "-keyalg", "EC", "-validity", "2",
                    "-dname", "CN=" + name, "-ext", "san=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                    .redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile()).start();
            assertThat(keytool.waitFor()).as(Files.readString(folder.resolve(name + ".log"))).isZero();
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new Identity(store);
        }

        X509Certificate certificate() throws Exception {
            return (X509Certificate) store.getCertificate("own");
        }

        String certificatePem() throws Exception {
            return pem("CERTIFICATE", certificate().getEncoded());
        }

        String keyPem() throws Exception {
            return pem("PRIVATE KEY", store.getKey("own", PASSWORD).getEncoded());
        }

        private static String pem(String kind, byte[] content) {
            return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind + "-----\n";
        }
    }

    @BeforeAll
    static void start() throws Exception {
        client = Identity.of("client");
        first = Identity.of("first");
        write(first);
        Path clients = Files.writeString(folder.resolve("clients.pem"), client.certificatePem());
        member = TestMember.start(Map.of("partita.http.tls.certificate", folder.resolve("server.pem").toString(), "partita.http.tls.key", folder.resolve("server.key").toString(),
                "partita.http.tls.client-ca", clients.toString()));
    }

    @AfterAll
    static void close() {
        member.close();
    }

    /** Each file in one step, as those who renew certificates do. */
    private static void write(Identity identity) throws Exception {
        for (Map.Entry<String, String> file : Map.of("server.key", identity.keyPem(), "server.pem", identity.certificatePem()).entrySet()) {
            Path partial = Files.writeString(folder.resolve(file.getKey() + ".new"), file.getValue());
            Files.move(partial, folder.resolve(file.getKey()), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Who the member says it is. */
    private static String ask(List<Identity> trusted, Identity as) throws Exception {
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        for (Identity one : trusted) {
            roots.setCertificateEntry(one.certificate().getSubjectX500Principal().getName(), one.certificate());
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        if (as != null) {
            own.init(as.store, PASSWORD);
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(as == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).version(HttpClient.Version.HTTP_1_1).build()) {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + member.port() + "/health/live")).timeout(Duration.ofSeconds(60)).build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return ((X509Certificate) answer.sslSession().orElseThrow().getPeerCertificates()[0]).getSubjectX500Principal().getName();
        }
    }

    @Test
    void clients_that_show_a_trusted_certificate_are_answered_and_a_renewed_one_of_the_server_counts_without_a_restart() throws Exception {
        assertThat(ask(List.of(first), client)).isEqualTo("CN=first");
        assertThatThrownBy(() -> ask(List.of(first), null)).as("without a certificate").isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        Identity second = Identity.of("second");
        assertThatThrownBy(() -> ask(List.of(first), second)).as("with one that nobody here has signed").isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        assertThatThrownBy(() -> ask(List.of(second), client)).as("the client does not trust the server").isInstanceOf(IOException.class).isNotInstanceOf(HttpTimeoutException.class);
        write(second);
        await().atMost(Duration.ofSeconds(60)).until(() -> ask(List.of(first, second), client), "CN=second"::equals);
    }

    @Test
    void nothing_is_said_in_clear() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", member.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write("GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(1_000), StandardCharsets.ISO_8859_1)).doesNotContain(" 200 ").doesNotContain("UP");
        }
    }
}
