/** Trading on a member: books in service, the order journal, and the desk where commands arrive. docs/trading.md has the protocol. */
package io.partita.member.trading;
