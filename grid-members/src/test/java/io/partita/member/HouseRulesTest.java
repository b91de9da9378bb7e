package io.partita.member;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.partita.ledger.TransferIds;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The rules of docs/architecture.md, for the modules that a member consists of. The console has its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HouseRulesTest {

    private final JavaClasses house = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.partita");

    private static final DescribedPredicate<JavaClass> DOMAIN = resideInAPackage("io.partita..")
            .and(not(resideInAnyPackage("io.partita.kernels..", "io.partita.pipelines..", "io.partita.member..")))
            .as("the domain");

    @Test
    void the_domain_knows_neither_a_framework_nor_a_database() {
        noClasses().that(DOMAIN).should().dependOnClassesThat().resideInAnyPackage("org.springframework..", "java.sql..",
                "javax.sql..", "org.jdbi..", "org.postgresql..", "jakarta..", "com.vaadin..", "tools.jackson.databind..")
                .because("a Hazelcast client takes the domain as it is, and matching and netting must be testable alone")
                .check(house);
    }

    @Test
    void the_domain_knows_none_of_the_modules_that_are_built_on_it() {
        noClasses().that(DOMAIN).should().dependOnClassesThat()
                .resideInAnyPackage("io.partita.kernels..", "io.partita.pipelines..", "io.partita.member..").check(house);
    }

    @Test
    void kernels_know_arrays_only() {
        noClasses().that().resideInAPackage("io.partita.kernels..").should().dependOnClassesThat(
                resideInAnyPackage("com.hazelcast..", "org.springframework..", "java.sql..")
                        .or(resideInAPackage("io.partita..").and(not(resideInAPackage("io.partita.kernels..")))))
                .because("the same code runs on a device").allowEmptyShould(true).check(house);
    }

    @Test
    void pipelines_know_the_domain_and_the_kernels_but_no_server() {
        noClasses().that().resideInAPackage("io.partita.pipelines..").should().dependOnClassesThat()
                .resideInAnyPackage("io.partita.member..", "org.springframework..", "org.jdbi..")
                .because("a job can be submitted to any running cluster").allowEmptyShould(true).check(house);
    }

    @Test
    void domains_do_not_depend_on_each_other_in_a_circle() {
        slices().assignedFrom(firstPackageBelow("io.partita")).should().beFreeOfCycles().check(house);
    }

    @Test
    void the_members_packages_do_not_depend_on_each_other_in_a_circle() {
        slices().assignedFrom(firstPackageBelow("io.partita.member")).should().beFreeOfCycles().check(house);
    }

    @Test
    void internal_packages_are_used_only_by_the_package_above_them() {
        classes().should(new ArchCondition<>("use internal packages of their own only") {
            @Override
            public void check(JavaClass user, ConditionEvents events) {
                for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                    String used = dependency.getTargetClass().getPackageName();
                    int internal = (used + ".").indexOf(".internal.");
                    if (used.startsWith("io.partita") && internal >= 0
                            && !(user.getPackageName() + ".").startsWith(used.substring(0, internal) + ".")) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        }).check(house);
    }

    @Test
    void money_is_never_floating() {
        classes().that().resideInAnyPackage("io.partita.money..", "io.partita.ledger..").should(
                new ArchCondition<>("have no floating point field, parameter or result") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        type.getMembers().stream().filter(HouseRulesTest::floats).forEach(member ->
                                events.add(SimpleConditionEvent.violated(member, member.getDescription())));
                    }
                }).check(house);
    }

    @Test
    void the_domain_is_told_the_time_and_does_not_look_it_up() {
        noClasses().that(DOMAIN).and().doNotBelongToAnyOf(TransferIds.class)
                .should().callMethod(Instant.class, "now")
                .orShould().callMethod(System.class, "currentTimeMillis")
                .orShould().callMethod(Clock.class, "systemUTC")
                .orShould().callMethod(Math.class, "random")
                .orShould().callConstructor(Random.class)
                .because("a run can be replayed only if time and chance come from outside").check(house);
    }

    @Test
    void only_the_command_line_writes_to_the_terminal() {
        noClasses().that().resideOutsideOfPackage("io.partita.member.cli..").should(ACCESS_STANDARD_STREAMS).check(house);
        NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(house);
    }

    @Test
    void what_a_class_needs_comes_by_its_constructor() {
        NO_CLASSES_SHOULD_USE_FIELD_INJECTION.check(house);
    }

    @Test
    void names_say_what_a_thing_is() {
        noClasses().should().haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)(\\$.*)?").check(house);
    }

    /** Constants are left out: a load factor is no amount. */
    private static boolean floats(JavaMember member) {
        List<JavaType> types = new ArrayList<>();
        if (member instanceof JavaCodeUnit code) {
            types.addAll(code.getParameterTypes());
            types.add(code.getReturnType());
        } else if (member instanceof JavaField field && !field.getModifiers().contains(JavaModifier.STATIC)) {
            types.add(field.getType());
        }
        Set<String> floating = Set.of("double", "float", "java.lang.Double", "java.lang.Float");
        return types.stream().flatMap(type -> type.getAllInvolvedRawTypes().stream())
                .anyMatch(type -> floating.contains(type.getBaseComponentType().getName()));
    }

    /** Slices by the package right below a root; what is in the root itself wires the others and belongs to none. */
    private static SliceAssignment firstPackageBelow(String root) {
        return new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                if (!name.startsWith(root + ".")) {
                    return SliceIdentifier.ignore();
                }
                return SliceIdentifier.of(name.substring(root.length() + 1).split("\\.")[0]);
            }

            @Override
            public String getDescription() {
                return "packages below " + root;
            }
        };
    }
}
