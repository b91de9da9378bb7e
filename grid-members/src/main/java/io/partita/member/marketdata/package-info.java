/** Market data on a member: what its books tell is published to the grid, and served over REST and WebSocket. */
package io.partita.member.marketdata;
