package io.partita.member.drill;

import java.nio.file.Path;
import java.util.Locale;

/**
 * How drills are run.
 *
 * @param members   of the cluster
 * @param seconds   for which the load lasts, if the drill does not need longer
 * @param rate      calls a second that each client process asks for
 * @param seed      of all that is chosen
 * @param report    the folder for reports, logs and histories
 * @param transport what the processes talk over
 * @param sabotage  what is deliberately broken in the members; empty for nothing
 */
public record DrillOptions(int members, int seconds, int rate, long seed, Path report, Transport transport, String sabotage) {

    public static final int MEMBERS = 3;
    public static final int SECONDS = 50;
    public static final int RATE = 100;

    /** What the processes of a drill talk over. */
    public enum Transport {
        NAMESPACES, LOOPBACK;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The command line that does a drill again. */
    String repeat(Drill drill, long drillSeed) {
        StringBuilder line = new StringBuilder("./partita drill ").append(drill.name());
        append(line, "--members", members, MEMBERS);
        append(line, "--seconds", seconds, SECONDS);
        append(line, "--rate", rate, RATE);
        line.append(" --seed ").append(drillSeed);
        if (transport != Transport.NAMESPACES) {
            line.append(" --transport ").append(transport);
        }
        if (!sabotage.isEmpty()) {
            line.append(" --sabotage ").append(sabotage);
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String option, int value, int otherwise) {
        if (value != otherwise) {
            line.append(' ').append(option).append(' ').append(value);
        }
    }
}
