package io.partita.member.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.partita.member.PartitaProperties;
import io.partita.security.SecurityRefusal;
import io.partita.security.SecurityRefused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An issuer of another firm that takes connections and says nothing. */
class OutsideTokensTest {

    private static final int CALLERS = 40;

    private static SecurityRefusal refusal(OutsideTokens tokens, int caller) {
        return catchThrowableOfType(SecurityRefused.class, () -> tokens.principal("token of caller " + caller)).code();
    }

    @Test
    void nobody_waits_long_for_an_issuer_that_is_silent_and_it_is_left_alone_then() throws Exception {
        List<Socket> taken = new CopyOnWriteArrayList<>();
        try (ServerSocket silent = new ServerSocket(0, CALLERS, InetAddress.getLoopbackAddress()); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Thread.startVirtualThread(() -> take(silent, taken));
            OutsideTokens tokens = new OutsideTokens(new PartitaProperties.Oidc("http://127.0.0.1:" + silent.getLocalPort(), "partita", "roles", "sub", "accounts"),
                    InstantSource.system());
            long began = System.nanoTime();
            List<Future<SecurityRefusal>> all = new ArrayList<>();
            for (int caller = 0; caller < CALLERS; caller++) {
                int number = caller;
                all.add(callers.submit(() -> refusal(tokens, number)));
            }
            for (Future<SecurityRefusal> one : all) {
                assertThat(one.get()).isEqualTo(SecurityRefusal.ISSUER_UNAVAILABLE);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as("though each of them could wait for four seconds").isLessThan(Duration.ofSeconds(20));
            int asked = taken.size();
            // Two more may begin when the first two have failed; the third failure is the last.
            assertThat(asked).isBetween(1, 16 + 2);
            assertThat(refusal(tokens, CALLERS)).isEqualTo(SecurityRefusal.ISSUER_UNAVAILABLE);
            assertThat(taken).as("it was not asked again").hasSize(asked);
        } finally {
            for (Socket socket : taken) {
                socket.close();
            }
        }
    }

    private static void take(ServerSocket silent, List<Socket> taken) {
        try {
            while (true) {
                taken.add(silent.accept());
            }
        } catch (IOException over) {
            // The test has closed it.
        }
    }
}
