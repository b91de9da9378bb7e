package io.partita.console.testing;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.partita.console.PartitaConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.util.FileSystemUtils;

/**
 * A member with an instrument, traders and a firm's risk, the console in front of it, and a browser that has signed in: one of each for all classes that
 * leave the member running. The first one opens it, and it is closed after the last one.
 *
 * <pre>{@code
 * @ExtendWith(Premises.Shared.class)
 * @BeforeAll static void start(Premises premises) { ... }
 * }</pre>
 */
public final class Premises implements AutoCloseable {

    private final Path folder;
    private final MemberProcess member;
    private ServletWebServerApplicationContext console;
    private Chromium chromium;
    private long ids = 1;

    private Premises() {
        folder = temporary();
        member = new MemberProcess(folder.resolve("data"));
    }

    private static Premises open() {
        Premises premises = new Premises();
        try {
            premises.fill();
            return premises;
        } catch (RuntimeException | Error failed) {
            premises.close();
            throw failed;
        }
    }

    private void fill() {
        member.start();
        member.post("/instruments", "{\"id\":1,\"symbol\":\"ACME\",\"currency\":\"EUR\",\"tick\":\"0.05\"}");
        for (int account = 1; account <= 3; account++) {
            member.post("/trading-accounts", "{\"number\":%d,\"participant\":%d,\"firm\":\"TEST\",\"name\":\"Trader %d\",\"margin\":true}".formatted(account, account, account));
        }
        for (String phase : List.of("PRE_OPEN", "CONTINUOUS")) {
            member.put("/instruments/ACME/phase", "{\"id\":%d,\"phase\":\"%s\"}".formatted(nextId(), phase));
        }
        console = (ServletWebServerApplicationContext) new SpringApplicationBuilder(PartitaConsole.class)
                .run("--partita.console.port=0", "--partita.api=" + member.api(), "--partita.grid.name=" + member.cluster,
                        "--partita.grid.addresses=127.0.0.1:" + member.gridPort, "--partita.console.key-file=" + member.secret("console.key"));
        chromium = new Chromium();
        SignIn.choosePassword(member);
        chromium.signIn(url(), SignIn.ADMIN, SignIn.PASSWORD);
        // A loaded machine takes its time; what is right shows at once anyway.
        PlaywrightAssertions.setDefaultAssertionTimeout(60_000);
        RiskWorld.fill(member);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("partita-premises");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public MemberProcess member() {
        return member;
    }

    public Chromium chromium() {
        return chromium;
    }

    /** Where the console is. */
    public String url() {
        return "http://127.0.0.1:" + console.getWebServer().getPort();
    }

    /** For a command to a book, in the order in which they are sent. */
    public long nextId() {
        return ++ids;
    }

    @Override
    public void close() {
        if (chromium != null) {
            chromium.close();
        }
        if (console != null) {
            console.close();
        }
        member.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    /** Gives the one there is to whoever asks; the classes are skipped where it cannot be. */
    public static final class Shared implements BeforeAllCallback, ParameterResolver {

        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Premises.class);

        @Override
        public void beforeAll(ExtensionContext context) {
            Assumptions.assumeTrue(Chromium.path().isPresent(), "Skipped: there is no Chromium on this machine. On Debian, install the package chromium.");
            Assumptions.assumeTrue(MemberProcess.available(), "Skipped: no packaged member in ../grid-members/target. Run ./partita test, or mvn verify on all modules.");
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Premises.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot().getStore(NAMESPACE).computeIfAbsent(Premises.class, _ -> open(), Premises.class);
        }
    }
}
