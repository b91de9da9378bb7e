package io.partita.member.drill.arena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NamespaceNetworkTest extends NetworkContract {

    @BeforeAll
    static void possible() {
        try {
            NamespaceNetwork.requirePossible();
        } catch (CannotRun cannot) {
            abort("Skipped: " + cannot.getMessage());
        }
    }

    @Override
    Network open() {
        return NamespaceNetwork.open();
    }

    @Test
    void what_a_run_that_is_gone_has_left_behind_is_taken_away_and_nothing_else() throws IOException, InterruptedException {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        String left = "partita-drill-" + gone.pid() + "-1-member-1";
        Shell.require("ip", "netns", "add", left);
        Process inside = new ProcessBuilder("ip", "netns", "exec", left, "sleep", "300").start();
        try (Network ours = NamespaceNetwork.open()) {
            ours.add(Node.member(1));
            NamespaceNetwork.removeLeftovers();
            assertThat(Shell.require("ip", "netns", "list")).doesNotContain(left)
                    .contains("partita-drill-" + ProcessHandle.current().pid() + "-");
            assertThat(inside.waitFor(10, java.util.concurrent.TimeUnit.SECONDS)).as("what ran in it has ended").isTrue();
        } finally {
            inside.destroyForcibly();
            Shell.run(java.util.List.of("ip", "netns", "delete", left));
        }
    }

    @Test
    void a_closed_network_leaves_nothing() {
        Network network = NamespaceNetwork.open();
        network.add(Node.member(1));
        network.close();
        assertThat(Shell.require("ip", "netns", "list")).doesNotContain("partita-drill-" + ProcessHandle.current().pid() + "-");
        assertThat(Shell.require("ip", "-o", "link", "show")).doesNotContain(": pd" + Long.toString(ProcessHandle.current().pid(), 36) + "n");
    }
}
