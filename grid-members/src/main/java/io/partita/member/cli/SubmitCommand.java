package io.partita.member.cli;

import io.partita.pipelines.JobAnswer;
import io.partita.pipelines.JobClient;
import io.partita.pipelines.JobOptions;
import io.partita.pipelines.JobRefusal;
import io.partita.pipelines.JobView;
import io.partita.pipelines.StreamJob;
import io.partita.pipelines.VertexMetrics;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./partita submit}: streaming jobs onto the running cluster, and what becomes of them. */
@Command(name = "submit", mixinStandardHelpOptions = true, sortOptions = false, subcommands = ReplayCommand.class, description = {
    "Submits a streaming job to the running cluster: partita submit bars --bound 120",
    "What follows the name are options of the job; --list has them."})
final class SubmitCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "NAME [--OPTION VALUE]", description = "A job, and its options.")
    private List<String> words = List.of();

    @ArgGroup
    private Control control;

    @Option(names = "--members", paramLabel = "HOST:PORT", split = ",", defaultValue = "127.0.0.1:5701", description = "Members of the grid (${DEFAULT-VALUE}).")
    private List<String> members;

    @Option(names = "--cluster", paramLabel = "NAME", defaultValue = "partita", description = "The cluster's name (${DEFAULT-VALUE}).")
    private String cluster;

    @Spec
    private CommandSpec spec;

    /** One of them, instead of a job. */
    private static final class Control {

        @Option(names = "--list", description = "List the jobs that there are to submit, and their options.")
        private boolean list;

        @Option(names = "--jobs", description = "List the jobs on the cluster, with the reason where one failed.")
        private boolean jobs;

        @Option(names = "--metrics", paramLabel = "JOB", description = "What each stage of a job has done; a job is a name or an id.")
        private String metrics;

        @Option(names = "--suspend", paramLabel = "JOB", description = "Suspend a job; it keeps a snapshot.")
        private String suspend;

        @Option(names = "--resume", paramLabel = "JOB", description = "Resume a suspended job.")
        private String resume;

        @Option(names = "--restart", paramLabel = "JOB", description = "Restart a job from its last snapshot.")
        private String restart;

        @Option(names = "--cancel", paramLabel = "JOB", description = "End a job for good.")
        private String cancel;
    }

    /** Options that this command does not know are those of a job. */
    static void takeOptionsOfJobs(CommandLine partita) {
        CommandLine submit = partita.getSubcommands().get("submit");
        submit.setUnmatchedOptionsArePositionalParams(true);
        submit.getSubcommands().values().forEach(below -> below.setUnmatchedOptionsArePositionalParams(false));
    }

    @Override
    public Integer call() {
        if (control != null && control.list) {
            JobClient.catalogue().forEach(this::describe);
            out().flush();
            return 0;
        }
        if (control == null && words.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name a job; ./partita submit --list has them.");
        }
        try (LedgerConnection connection = LedgerConnection.open(cluster, members)) {
            return control == null ? submit(JobClient.of(connection.hazelcast())) : control(JobClient.of(connection.hazelcast()));
        } catch (LedgerConnection.NoMember nobody) {
            spec.commandLine().getErr().println("partita: " + nobody.getMessage());
            return 1;
        }
    }

    private void describe(StreamJob job) {
        out().printf("  %-12s %s%n", job.name(), job.summary());
        job.options().forEach(option -> out().printf("  %-12s   --%-12s %s (%s)%n", "", option.name(), option.meaning(),
                option.usual().isEmpty() ? "none" : option.usual()));
    }

    private int submit(JobClient jobs) {
        try {
            return told(jobs.submit(words.getFirst(), JobOptions.words(words.subList(1, words.size()))));
        } catch (IllegalArgumentException wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage() + ".");
        }
    }

    private int control(JobClient jobs) {
        if (control.jobs) {
            jobs.jobs().forEach(this::print);
            out().flush();
            return 0;
        }
        if (control.metrics != null) {
            List<VertexMetrics> metrics = jobs.metrics(control.metrics).orElse(null);
            if (metrics == null) {
                return told(new JobAnswer.Refused(JobRefusal.JOB_NOT_FOUND, control.metrics));
            }
            out().printf("  %-28s %14s %14s %10s %14s%n", "stage", "received", "emitted", "waiting", "snapshot bytes");
            metrics.forEach(each -> out().printf(Locale.ROOT, "  %-28s %,14d %,14d %,10d %,14d%n", each.vertex(), each.received(), each.emitted(), each.queued(),
                    each.snapshotBytes()));
            out().flush();
            return 0;
        }
        return told(changed(jobs));
    }

    private JobAnswer changed(JobClient jobs) {
        return control.suspend != null ? jobs.suspend(control.suspend)
                : control.resume != null ? jobs.resume(control.resume)
                : control.restart != null ? jobs.restart(control.restart)
                : jobs.cancel(control.cancel);
    }

    private int told(JobAnswer answer) {
        return switch (answer) {
            case JobAnswer.Done done -> {
                print(done.job());
                out().flush();
                yield 0;
            }
            case JobAnswer.Refused refused -> {
                spec.commandLine().getErr().println("partita: " + refused.code() + ": " + refused.code().meaning() + " " + refused.detail());
                yield 1;
            }
        };
    }

    private void print(JobView job) {
        out().printf("  %-12s %-20s %-12s %s%n", job.name(), job.id(), job.status(), job.submitted());
        if (job.reason() != null) {
            job.reason().lines().forEach(line -> out().println("      " + line));
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
