package io.partita.member.intake;

/** A mapping file is wrong, or does not fit the data file; the message says where and what to do. */
public final class MappingException extends RuntimeException {

    MappingException(String message) {
        super(message);
    }
}
