/** What tests of the member stand on: a database, and a whole member. */
package io.partita.member.testing;
