/** Alert rules that people write in CEL: the words that they have, how they are checked and judged, and the job that judges them while bars and anomalies come. */
package io.partita.pipelines.marketdata.rules;
