/** Streaming jobs in the console: what runs, how it does, and what can be submitted. */
package io.partita.console.jobs;
