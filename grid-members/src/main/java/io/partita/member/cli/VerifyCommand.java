package io.partita.member.cli;

import io.partita.ledger.proof.BundleHeader;
import io.partita.ledger.proof.BundleVerifier;
import io.partita.ledger.proof.ConsistencyProof;
import io.partita.ledger.proof.Finding;
import io.partita.ledger.proof.InclusionProof;
import io.partita.ledger.proof.SignedTreeHead;
import io.partita.ledger.proof.Verdict;
import io.partita.ledger.proof.VerificationKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Checks evidence about a journal offline: each file for itself, and all of them against each other. */
@Command(name = "verify", mixinStandardHelpOptions = true, description = {
    "Checks bundles, proofs and tree heads of a journal, without any server.",
    "All files are also held against each other: two signed heads of one size must agree, and a bundle must lead to every head within it."})
final class VerifyCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "FILE",
            description = "Bundles (GET /api/v1/ledger/bundle), inclusion and consistency proofs, tree heads; in any order.")
    private List<Path> files;

    @Option(names = "--key", paramLabel = "FILE",
            description = "The public keys that you trust (GET /api/v1/ledger/key), from a time or place of their own. "
                    + "Without it, the keys that came along are taken, and you are told which.")
    private Path keyFile;

    @Spec
    private CommandSpec spec;

    private final Map<String, VerificationKey> trusted = new HashMap<>();
    /** Roots that were signed, by size, and in which file. */
    private final Map<Long, byte[]> roots = new HashMap<>();
    private final Map<Long, Path> sources = new HashMap<>();
    private int wrong;

    @Override
    public Integer call() {
        if (keyFile != null && !readKeys()) {
            return 1;
        }
        List<Path> bundles = new ArrayList<>();
        for (Path file : files) {
            check(file, () -> {
                if (isBundle(file)) {
                    bundles.add(file);
                    header(file);
                } else {
                    document(file);
                }
            });
        }
        bundles.forEach(file -> check(file, () -> bundle(file)));
        out().println(wrong == 0 ? "Everything holds." : "NOT VALID: " + (wrong == 1 ? "one thing is" : wrong + " things are") + " wrong.");
        out().flush();
        return wrong == 0 ? 0 : 1;
    }

    private interface Check {
        void run() throws IOException;
    }

    private void check(Path file, Check check) {
        try {
            check.run();
        } catch (IOException e) {
            say(file, "cannot be read: " + e.getMessage());
        } catch (IllegalArgumentException e) {
            say(file, e.getMessage());
        }
    }

    private boolean readKeys() {
        try {
            VerificationKey.parse(Files.readString(keyFile)).forEach(key -> trusted.put(key.id(), key));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            say(keyFile, "cannot be used: " + e.getMessage());
            out().flush();
            return false;
        }
    }

    private static boolean isBundle(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    private void header(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            BundleHeader header = BundleVerifier.header(in);
            known(file, header.to(), header.head().root());
            known(file, header.from(), header.frontier().root());
        }
    }

    private void document(Path file) throws IOException {
        String text = Files.readString(file);
        if (text.contains("\"partita-inclusion/")) {
            inclusion(file, InclusionProof.parse(text));
        } else if (text.contains("\"partita-consistency/")) {
            consistency(file, ConsistencyProof.parse(text));
        } else {
            SignedTreeHead head = SignedTreeHead.parse(text);
            out().printf("%s%n  %s%n", file, describe(head));
            signed(file, head, Map.of());
        }
    }

    private void inclusion(Path file, InclusionProof proof) {
        out().printf("%s%n  proves the entry at position %,d: %s%n  %s%n", file, proof.position(), proof.entry(), describe(proof.head()));
        signed(file, proof.head(), Map.of(proof.key().id(), proof.key()));
        if (!proof.holds()) {
            say(file, "The path does not lead from the entry to the signed root.");
        }
    }

    private void consistency(Path file, ConsistencyProof proof) {
        out().printf("%s%n  proves that nothing changed between%n  %s%n  %s%n", file, describe(proof.first()), describe(proof.second()));
        signed(file, proof.first(), proof.keys());
        signed(file, proof.second(), proof.keys());
        if (!proof.holds()) {
            say(file, "The second head does not continue the first.");
        }
    }

    private void bundle(Path file) throws IOException {
        long total = BundleVerifier.header(Files.newInputStream(file)).to();
        Progress progress = new Progress(spec.commandLine().getErr(), total);
        Verdict verdict;
        try (InputStream in = Files.newInputStream(file)) {
            verdict = new BundleVerifier(trusted.values(), roots, progress).verify(in);
        }
        progress.end();
        out().println(file);
        if (verdict.header() != null) {
            describe(verdict);
        }
        for (Finding finding : verdict.findings()) {
            out().println("  " + finding.what());
        }
        wrong += (int) Math.min(verdict.wrong(), 1_000_000);
        if (verdict.wrong() > verdict.findings().size()) {
            out().printf("  and %,d further findings%n", verdict.wrong() - verdict.findings().size());
        }
    }

    private void describe(Verdict verdict) {
        BundleHeader header = verdict.header();
        out().printf("  entries    %,d from position %,d to %,d: %,d transfers, %,d account commands, the rest ends of batches%n",
                verdict.entries(), header.from(), header.to() - 1, verdict.transfers(), verdict.changes());
        verdict.volume().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(volume -> out().printf(
                "  booked     %s %s, debits equal to credits%n", volume.getKey().code(),
                new java.math.BigDecimal(volume.getValue(), volume.getKey().minorDigits()).toPlainString()));
        out().printf("  %s%n", describe(header.head()));
        out().printf("  key        %s%n", verdict.pinned() ? "as given" : "came with the bundle; compare its id with the one you know, or give it with --key");
        out().printf("  verdict    %s%n", verdict.valid() ? "valid: every entry hashes to what was signed" : "NOT VALID");
    }

    private void signed(Path file, SignedTreeHead head, Map<String, VerificationKey> along) {
        known(file, head.size(), head.root());
        VerificationKey key = trusted.isEmpty() ? along.get(head.keyId()) : trusted.get(head.keyId());
        if (key == null) {
            say(file, trusted.isEmpty() ? "Whether key " + head.keyId() + " signed it cannot be told without --key."
                    : "It is signed by key " + head.keyId() + ", which is none of those given.");
        } else if (!head.isSignedBy(key)) {
            say(file, "The signature is not valid.");
        }
    }

    private void known(Path file, long size, byte[] root) {
        byte[] before = roots.putIfAbsent(size, root);
        if (before == null) {
            sources.put(size, file);
        } else if (!Arrays.equals(before, root)) {
            say(file, "At size " + size + " it has another root than " + sources.get(size) + ": they are of different journals.");
        }
    }

    private static String describe(SignedTreeHead head) {
        return "tree head  size %,d, root %s, signed %s by key %s".formatted(head.size(),
                HexFormat.of().formatHex(head.root()), head.signedInstant(), head.keyId());
    }

    private void say(Path file, String what) {
        wrong++;
        out().println(file + ": " + what);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** A line that is rewritten while a bundle is read. */
    private static final class Progress implements java.util.function.LongConsumer {

        private final PrintWriter err;
        private final long total;
        private long last = System.nanoTime();
        private boolean shown;

        Progress(PrintWriter err, long total) {
            this.err = err;
            this.total = total;
        }

        @Override
        public void accept(long position) {
            if (System.nanoTime() - last > 250_000_000) {
                last = System.nanoTime();
                shown = true;
                err.printf("\rverified up to position %,d of %,d", position, total);
                err.flush();
            }
        }

        void end() {
            if (shown) {
                err.print("\r\033[K");
                err.flush();
            }
        }
    }
}
