package io.partita.member.drill.arena;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Signals to processes. */
final class Signals {

    static final String KILL = "KILL";
    static final String STOP = "STOP";
    static final String CONT = "CONT";
    static final String TERM = "TERM";

    private Signals() {
    }

    /** Sends a signal to all; those that have ended meanwhile are passed over. */
    static void send(String signal, Collection<Long> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        processes.forEach(pid -> command.add(Long.toString(pid)));
        Shell.run(command);
    }

    /** A process with all that it has started. */
    static List<Long> family(long process) {
        List<Long> family = new ArrayList<>(List.of(process));
        ProcessHandle.of(process).ifPresent(handle -> handle.descendants().map(ProcessHandle::pid).forEach(family::add));
        return family;
    }
}
