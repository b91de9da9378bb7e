package io.partita.member.drill;

import io.partita.member.drill.arena.Arena;
import io.partita.member.drill.arena.MemberProcess;
import io.partita.member.drill.check.Checker;
import io.partita.member.drill.check.Convergence;
import io.partita.member.drill.check.Finding;
import io.partita.member.drill.check.OrderCheck;
import io.partita.member.drill.history.Histories;
import io.partita.member.drill.history.OrderHistory;
import io.partita.member.drill.load.DrillAccounts;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The histories of all clients that an arena has had: whatever is in its journal, one of them asked for. Used by one thread. */
final class Evidence {

    private final List<Path> histories = new ArrayList<>();

    void add(List<Path> files) {
        histories.addAll(files);
    }

    /**
     * Holds all histories against the database and what the members answer, now that nobody asks for anything any more.
     *
     * @param agreement  how long the members may take to answer alike
     * @param projection how long what they show may take to follow the journal
     */
    List<Finding> check(Arena arena, long seed, Duration agreement, Duration projection) throws InterruptedException {
        List<URI> members = arena.members().stream().map(member -> member.rest("")).toList();
        List<String> addresses = arena.members().stream().map(MemberProcess::grid).map(Object::toString).toList();
        List<Finding> findings = new ArrayList<>();
        Finding convergence = Convergence.await(members, arena.key(), System.nanoTime(), agreement).finding();
        try {
            findings.addAll(Checker.check(new Checker.Scene(Histories.open(histories), arena.store().url(), arena.store().user(), "", members, arena.key(),
                    arena.cluster(), addresses, DrillAccounts.singles(), seed), projection, projection));
        } catch (SQLException e) {
            throw new IllegalStateException("The journal cannot be read: " + e.getMessage(), e);
        }
        findings.add(orders(arena));
        findings.add(convergence);
        return findings;
    }

    private Finding orders(Arena arena) throws InterruptedException {
        List<Path> files = histories.stream().map(OrderHistory::beside).filter(Files::exists).toList();
        try {
            return OrderCheck.check(files, arena.store().url(), arena.store().user(), "");
        } catch (SQLException e) {
            throw new IllegalStateException("The order journal cannot be read: " + e.getMessage(), e);
        }
    }
}
