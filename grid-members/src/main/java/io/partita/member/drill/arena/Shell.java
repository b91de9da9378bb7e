package io.partita.member.drill.arena;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of the operating system. */
final class Shell {

    private static final long PATIENCE_SECONDS = 20;

    private Shell() {
    }

    /** What came of a command. */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    /** Runs a command to its end, whatever it is. */
    static Result run(List<String> command) {
        return run(command, "");
    }

    /** Likewise, with something to read. */
    static Result run(List<String> command, String input) {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!ended(process)) {
                process.destroyForcibly();
                return new Result(-1, "no end within " + PATIENCE_SECONDS + " s");
            }
            return new Result(process.exitValue(), output.strip());
        } catch (IOException e) {
            return new Result(-1, e.getMessage());
        }
    }

    /** Interrupts wait: whoever is told to stop still has to take away what there is. */
    private static boolean ended(Process process) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a command that has to succeed. */
    static String require(List<String> command, String input) {
        Result result = run(command, input);
        if (!result.succeeded()) {
            throw new IllegalStateException(String.join(" ", command) + " failed (" + result.status() + "): " + result.output()
                    + (input.isEmpty() ? "" : "\n" + input));
        }
        return result.output();
    }

    static String require(String... command) {
        return require(List.of(command), "");
    }
}
