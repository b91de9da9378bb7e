/** What came of backtests, as a page and as JSON. */
package io.partita.member.strategy;
