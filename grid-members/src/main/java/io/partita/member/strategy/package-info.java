/** What came of backtests, as a page and as JSON; strategies that trade in live books. */
package io.partita.member.strategy;
