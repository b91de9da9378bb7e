/**
 * The oracle of the drills. It shares no code with the server: it reads client histories, the database and the members' answers, and folds
 * and hashes them in its own, naive way.
 */
package io.partita.member.drill.check;
