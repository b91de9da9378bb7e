/** Ticks into the stream, from books and over REST, and what pipelines have made of them out again. */
package io.partita.member.streams;
