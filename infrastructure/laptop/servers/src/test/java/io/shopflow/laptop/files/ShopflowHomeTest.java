package io.shopflow.laptop.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopflowHomeTest {

    @TempDir Path folder;

    @Test
    void shopflowIsWhereThePropertyThenTheEnvironmentThenTheWrapperSays() throws Exception {
        Path property = home("property");
        Path environment = home("environment");
        Path wrapper = home("wrapper");
        Path inside = Files.createDirectories(wrapper.resolve("a/b"));
        assertThat(ShopflowHome.find(property.toString(), environment.toString(), inside))
                .isEqualTo(property);
        assertThat(ShopflowHome.find(" ", environment.toString(), inside)).isEqualTo(environment);
        assertThat(ShopflowHome.find(null, " ", inside)).isEqualTo(wrapper);
        assertThat(ShopflowHome.find(null, null, inside)).isEqualTo(wrapper);
    }

    @Test
    void aFolderThatIsNotShopflowsIsNamed() {
        assertThatThrownBy(() -> ShopflowHome.find(null, null, Path.of("/")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("SHOPFLOW_HOME");
        assertThatThrownBy(() -> ShopflowHome.find(folder.toString(), null, folder))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(folder + " is not the folder of ShopFlow");
    }

    private Path home(String name) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve("mvnw"), "");
        return home;
    }
}
