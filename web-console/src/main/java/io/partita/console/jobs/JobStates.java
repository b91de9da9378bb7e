package io.partita.console.jobs;

import io.partita.console.jobs.JobApi.Job;
import io.partita.console.ui.Pill;
import io.partita.console.ui.Pill.Tone;

/** States of jobs in words, and what they mean for the reader. */
final class JobStates {

    private static final String BY_REQUEST = "suspended by request";
    private static final String CANCELLED = "cancelled";

    private JobStates() {
    }

    static Pill pill(Job job) {
        return new Pill(name(job), tone(job));
    }

    static String name(Job job) {
        return switch (job.status()) {
            case "RUNNING" -> "Running";
            case "NOT_RUNNING" -> "Waiting";
            case "STARTING" -> "Starting";
            case "COMPLETING" -> "Ending";
            case "SUSPENDED", "SUSPENDED_EXPORTING_SNAPSHOT" -> broken(job) ? "Failed, suspended" : "Suspended";
            case "FAILED" -> CANCELLED.equals(job.reason()) ? "Cancelled" : "Failed";
            case "COMPLETED" -> "Completed";
            default -> job.status();
        };
    }

    static Tone tone(Job job) {
        return switch (job.status()) {
            case "RUNNING" -> Tone.GOOD;
            case "FAILED" -> CANCELLED.equals(job.reason()) ? Tone.CALM : Tone.BAD;
            case "COMPLETED" -> Tone.CALM;
            default -> broken(job) ? Tone.BAD : Tone.WAITING;
        };
    }

    /** Whether there is something wrong that the reason tells. */
    static boolean broken(Job job) {
        return job.reason() != null && !job.reason().equals(BY_REQUEST) && !job.reason().equals(CANCELLED);
    }
}
