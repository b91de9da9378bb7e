package io.partita.member.cli;

import io.partita.member.rest.ClientKey;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which key a command presents to members. */
final class KeyOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--key-file", paramLabel = "FILE", scope = CommandLine.ScopeType.INHERIT,
            description = "A file with the API key to present; left out, that of PARTITA_KEY, PARTITA_KEY_FILE or data/operator.key.")
    private Path file;

    ClientKey key() {
        try {
            return file == null ? ClientKey.usual() : ClientKey.read(file);
        } catch (UncheckedIOException unreadable) {
            throw new ParameterException(command.commandLine(), unreadable.getMessage());
        }
    }
}
