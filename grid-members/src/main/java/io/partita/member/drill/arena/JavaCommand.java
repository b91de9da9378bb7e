package io.partita.member.drill.arena;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts another Java process like this one: same JDK, same class path, same flags less memory and agents. */
public final class JavaCommand {

    private JavaCommand() {
    }

    /**
     * The command.
     *
     * @param heap as in {@code -Xmx}
     * @param main the class to run
     */
    public static List<String> of(String heap, String main, List<String> flags, List<String> arguments) {
        return of(heap, main, StartCache.ofThisBuild().classPath(), flags, arguments);
    }

    /** Likewise, of another class path. */
    public static List<String> of(String heap, String main, String classPath, List<String> flags, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(inherited());
        // Quick to start, and many on few cores; the common pool would have one thread there.
        command.addAll(List.of("-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "-Djava.util.concurrent.ForkJoinPool.common.parallelism=4"));
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return command;
    }

    /** The flags of this process that others like it get, too. */
    static List<String> inherited() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-X") && !flag.startsWith("-D") && !flag.startsWith("-javaagent") && !flag.startsWith("-ea")).toList();
    }
}
