/** What {@code ./partita bench} runs: benchmarks beside their baselines, as a table, as JSON and as a chart. */
package io.partita.member.bench;
