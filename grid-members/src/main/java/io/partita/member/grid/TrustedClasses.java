package io.partita.member.grid;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;

/**
 * Classes that Java serialization may make out of bytes from the network. Everything else ends as a refused operation before any of its code runs, so that a library on the class path cannot be
 * used as a gadget.
 */
final class TrustedClasses {

    private TrustedClasses() {
    }

    static JavaSerializationFilterConfig filter() {
        ClassFilter trusted = new ClassFilter().addPrefixes("io.partita.", "com.hazelcast.", "[")
                .addPrefixes("java.lang.", "java.math.", "java.time.", "java.util.")
                // Detectors of anomalies keep their forests in snapshots of jobs.
                .addPrefixes("com.amazon.randomcutforest.")
                // What a vertex of a job would need to be allowed.
                .addClasses("java.security.Permission", "java.security.BasicPermission");
        // Prefixes that hold more than values.
        ClassFilter never = new ClassFilter().addClasses("java.lang.ProcessBuilder", "java.lang.Runtime").addPrefixes("java.util.logging.", "java.util.jar.", "java.util.zip.", "java.util.prefs.");
        // The defaults trust everything of the JDK.
        return new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(trusted).setBlacklist(never);
    }
}
