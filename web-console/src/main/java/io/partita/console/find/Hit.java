package io.partita.console.find;

/**
 * Something that was found.
 *
 * @param detail what else tells it from others; may be empty
 * @param to     the address of its page, or what {@link Finder} does for it
 */
record Hit(String title, String detail, String to) {
}
