package io.partita.console.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComponentsViewTest {

    @Test
    void everyPublicPartIsOnThePage() {
        Set<String> parts = new ClassFileImporter().importPath(Path.of("target/classes/io/partita/console/ui")).stream()
                .filter(type -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC) && !type.isEquivalentTo(ComponentsView.class))
                .map(JavaClass::getSimpleName).collect(Collectors.toSet());
        assertThat(new ComponentsView(null).specimens().stream().flatMap(specimen -> specimen.types().stream()).map(Class::getSimpleName)).hasSizeGreaterThan(30)
                .containsExactlyInAnyOrderElementsOf(parts);
    }
}
