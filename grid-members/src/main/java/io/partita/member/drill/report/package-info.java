/** What a drill found out: as records, as JSON, as a page for an auditor, and as a few lines in a terminal. */
package io.partita.member.drill.report;
