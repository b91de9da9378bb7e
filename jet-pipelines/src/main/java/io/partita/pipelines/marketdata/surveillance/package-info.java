/**
 * Looks for abuse in the execution reports of one book after the other: plain code that a job carries.
 */
package io.partita.pipelines.marketdata.surveillance;
