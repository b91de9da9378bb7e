/** What is lost if a counterparty fails. */
package io.partita.risk.counterparty;
