/** The clients of a drill: what they ask for, how they ask, and how they write it down. */
package io.partita.member.drill.load;
