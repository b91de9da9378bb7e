package io.partita.console.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules that need all modules at once, and those of the console. */
class WholeHouseTest {

    private static House house;

    @BeforeAll
    static void read_the_house() {
        assumeThat(House.missing()).as("Modules that are not compiled; ./partita test compiles all").isEmpty();
        house = House.read();
    }

    @Test
    void no_package_is_split_over_two_modules() {
        assertThat(house.modulesByPackage()).allSatisfy((name, modules) -> assertThat(modules).as(name).hasSize(1));
    }

    @Test
    void every_package_says_what_it_is_for() {
        assertThat(House.undescribed()).as("folders without a package-info.java").isEmpty();
    }

    @Test
    void the_drawing_shows_the_code() throws IOException {
        String drawn = ArchitectureDrawing.of(house);
        Path fresh = House.FOLDER.resolve("web-console/target/architecture.svg");
        Files.writeString(fresh, drawn);
        String kept = Files.exists(ArchitectureDrawing.FILE) ? Files.readString(ArchitectureDrawing.FILE) : "";
        assertThat(kept.equals(drawn))
                .as("docs/images/architecture.svg shows other packages or dependencies than the code has. Look at the new one, "
                        + "then keep it: cp web-console/target/architecture.svg docs/images/architecture.svg")
                .isTrue();
    }

    @Test
    void the_console_knows_the_domain_and_no_other_module() {
        noClasses().should().dependOnClassesThat()
                .resideInAnyPackage("io.partita.member..", "io.partita.pipelines..", "io.partita.kernels..", "java.sql..", "org.jdbi..")
                .because("it is a client like any other").check(console());
    }

    @Test
    void the_console_writes_to_its_log_only() {
        NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(console());
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(console());
    }

    @Test
    void what_a_view_needs_comes_by_its_constructor() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(console());
    }

    private static JavaClasses console() {
        return new ClassFileImporter().importPath(House.FOLDER.resolve("web-console/target/classes/io/partita"));
    }
}
