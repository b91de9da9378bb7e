/** What {@code ./partita} runs in Java besides the member itself. */
package io.partita.member.cli;
