/** Calls of trading clients on their way to a member and back. */
package io.partita.trading.remote;
