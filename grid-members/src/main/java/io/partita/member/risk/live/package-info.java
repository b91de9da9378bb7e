/** P&L and breaches of limits as they happen, over a WebSocket. */
package io.partita.member.risk.live;
