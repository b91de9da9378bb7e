package io.partita.member.drill.arena;

import com.hazelcast.config.CompactSerializationConfig;
import com.hazelcast.config.CompactSerializationConfigAccessor;
import com.hazelcast.nio.serialization.compact.CompactWriter;
import io.partita.member.PartitaProperties;
import io.partita.member.Version;
import io.partita.member.grid.GridConfiguration;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A version that comes after this build, as a release may differ that members are brought to one after the other: every value that travels in the compact format has a
 * field more, the database has a table and a column more, and the version says so. Made of the classes of this build, in a folder that comes first on the class path.
 */
public final class NextVersion {

    /** The migration that only it has. */
    public static final String MIGRATION = "9000";
    private static final String SUFFIX = "+next";
    private static final String FIELD = "fieldOfTheNextVersion";

    private final Path folder;
    private final int types;

    private NextVersion(Path folder, int types) {
        this.folder = folder;
        this.types = types;
    }

    static NextVersion in(Path folder) {
        try {
            write(folder, "io/partita/member/version.txt", (Version.text() + SUFFIX).getBytes(StandardCharsets.UTF_8));
            write(folder, "db/migration/V" + MIGRATION + "__next_version.sql", """
                    create table next_version (number integer primary key);
                    alter table ledger_batch add column next_version integer;
                    alter table ledger_transfer add column next_version integer;
                    """.getBytes(StandardCharsets.UTF_8));
            List<Class<?>> serializers = serializers();
            for (Class<?> serializer : Set.copyOf(serializers)) {
                write(folder, name(serializer), withFieldMore(serializer));
            }
            return new NextVersion(folder, serializers.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of each type, that of its serializer; some have one for many. */
    @SuppressWarnings("rawtypes")
    private static List<Class<?>> serializers() {
        CompactSerializationConfig compact = GridConfiguration.config(PartitaProperties.of(Map.of())).getSerializationConfig().getCompactSerializationConfig();
        List<Class<?>> serializers = new ArrayList<>();
        CompactSerializationConfigAccessor.getRegistrations(compact).values().forEach(each -> serializers.add(each.element3.getClass()));
        return serializers;
    }

    /** As a member of it says. */
    public static String text() {
        return Version.text() + SUFFIX;
    }

    /** How many types have a field more. */
    public int types() {
        return types;
    }

    String classPath() {
        return folder + File.pathSeparator + StartCache.ofThisBuild().classPath();
    }

    private static void write(Path folder, String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }

    private static byte[] withFieldMore(Class<?> serializer) throws IOException {
        try (InputStream in = serializer.getClassLoader().getResourceAsStream(name(serializer))) {
            ClassFile files = ClassFile.of();
            return files.transformClass(files.parse(in.readAllBytes()), ClassTransform.transformingMethodBodies(NextVersion::writes, new FieldFirst()));
        }
    }

    /** The method itself, and not the one that the compiler puts before it for the sake of generic types. */
    private static boolean writes(MethodModel method) {
        return method.methodName().equalsString("write") && method.methodTypeSymbol().parameterCount() == 2
                && method.methodTypeSymbol().parameterType(0).equals(FieldFirst.WRITER) && !method.flags().has(AccessFlag.SYNTHETIC);
    }

    /** Writes a number under a name of its own before everything else. */
    private record FieldFirst() implements CodeTransform {

        private static final ClassDesc WRITER = ClassDesc.of(CompactWriter.class.getName());

        @Override
        public void atStart(CodeBuilder code) {
            code.aload(code.parameterSlot(0)).loadConstant(FIELD).loadConstant(1L).invokeinterface(WRITER, "writeInt64",
                    MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String, ConstantDescs.CD_long));
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            code.with(element);
        }
    }
}
