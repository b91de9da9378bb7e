/** Streaming jobs over REST: what there is to submit, what runs, and how it is controlled. */
package io.partita.member.jobs;
