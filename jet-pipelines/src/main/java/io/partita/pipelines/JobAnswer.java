package io.partita.pipelines;

/** What became of a request about a job. */
public sealed interface JobAnswer {

    /** It was done, or is under way; the job as it is now. */
    record Done(JobView job) implements JobAnswer {
    }

    /** It was not done. @param detail the case at hand */
    record Refused(JobRefusal code, String detail) implements JobAnswer {
    }
}
