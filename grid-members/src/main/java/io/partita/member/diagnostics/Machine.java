package io.partita.member.diagnostics;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.instance.BuildInfoProvider;
import io.partita.member.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.RuntimeMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;
import org.springframework.boot.SpringBootVersion;

/** What the virtual machine tells of itself. */
final class Machine {

    /** Classes of a histogram; the rest is small. */
    private static final int CLASSES = 300;

    private Machine() {
    }

    static String versions() {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        return """
                Partita %s
                Hazelcast %s, Spring Boot %s
                Java %s (%s), %s
                %s %s, %d processors, at most %d MiB of heap
                started %s, as of %s
                """.formatted(Version.text(), BuildInfoProvider.getBuildInfo().getVersion(), SpringBootVersion.getVersion(), Runtime.version(),
                runtime.getVmVendor(), runtime.getVmName(), System.getProperty("os.name"), System.getProperty("os.version"), Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20, Instant.ofEpochMilli(runtime.getStartTime()), Instant.now());
    }

    /** Of all threads, virtual ones too. */
    static String threads() throws IOException {
        Path folder = Files.createTempDirectory("partita-threads");
        Path file = folder.resolve("threads.txt");
        try {
            command("threadDumpToFile", "-overwrite", file.toString());
            return Files.readString(file);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /** Without a collection first, which would stop everything for as long as it takes. */
    static String heap() {
        return command("gcHeapInfo") + '\n' + command("gcClassHistogram", "-all").lines().limit(CLASSES).collect(Collectors.joining("\n", "", "\n"));
    }

    static String collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().map(each -> each.getName() + ": " + each.getCollectionCount() + " collections, "
                + each.getCollectionTime() + " ms").collect(Collectors.joining("\n", "", "\n"));
    }

    /** A diagnostic command of the virtual machine, as jcmd has them. */
    private static String command(String name, String... arguments) {
        boolean bare = arguments.length == 0;
        try {
            return String.valueOf(ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), name,
                    bare ? new Object[0] : new Object[] {arguments}, bare ? new String[0] : new String[] {String[].class.getName()}));
        } catch (JMException e) {
            throw new UncheckedIOException(new IOException(name, e));
        }
    }

    /** The members of the grid and what they own. */
    static String cluster(HazelcastInstance hazelcast) {
        StringBuilder text = new StringBuilder("cluster ").append(hazelcast.getConfig().getClusterName()).append(", ").append(hazelcast.getCluster().getClusterState())
                .append(", safe: ").append(hazelcast.getPartitionService().isClusterSafe()).append('\n');
        hazelcast.getCluster().getMembers().forEach(member -> {
            long owned = hazelcast.getPartitionService().getPartitions().stream().filter(partition -> member.equals(partition.getOwner())).count();
            text.append(member.getUuid()).append(' ').append(member.getAddress()).append(", version ").append(member.getVersion()).append(", ").append(owned)
                    .append(" partitions").append(member.localMember() ? ", this one" : "").append('\n');
        });
        hazelcast.getDistributedObjects().stream().map(each -> each.getServiceName() + ' ' + each.getName()).sorted().forEach(each -> text.append(each).append('\n'));
        return text.toString();
    }
}
