package io.partita.pipelines;

/** Why something was not done about a job. */
public enum JobRefusal {
    UNKNOWN_JOB("There is no job of that name to submit."),
    INVALID_OPTION("The job does not take that option, or not with that value."),
    JOB_RUNNING("A job of that name is there already: cancel it first, or let it go on."),
    JOB_NOT_FOUND("There is no such job on the cluster."),
    JOB_NOT_IN_STATE("The job is in a state in which that cannot be done."),
    STREAMS_UNAVAILABLE("The cluster does not run jobs now: it is starting, changing, or this side is no majority.");

    private final String meaning;

    JobRefusal(String meaning) {
        this.meaning = meaning;
    }

    /** One sentence for people. */
    public String meaning() {
        return meaning;
    }
}
