package dev.revox.audio.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The user's cache folder, where models and native libraries stay between runs.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class CacheFolder {

    private CacheFolder() {}

    /** The system property or environment variable {@code REVOX_CACHE}, else the platform's usual place. */
    static Path ofUser() {
        String chosen = setting("REVOX_CACHE");
        if (!chosen.isEmpty()) {
            return Path.of(chosen);
        }
        Path home = Path.of(System.getProperty("user.home", "."));
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path base;
        if (system.startsWith("windows")) {
            base = orElse(setting("LOCALAPPDATA"), home.resolve("AppData").resolve("Local"));
        } else if (system.startsWith("mac")) {
            base = home.resolve("Library").resolve("Caches");
        } else {
            base = orElse(setting("XDG_CACHE_HOME"), home.resolve(".cache"));
        }
        return base.resolve("revox");
    }

    /** A system property, else the environment variable of the same name, else nothing. */
    static String setting(String name) {
        String property = System.getProperty(name, "");
        String variable = System.getenv(name);
        return property.isEmpty() && variable != null ? variable : property;
    }

    /** Writes a file so that nobody ever sees a part of it. */
    static void writeAtomically(Path file, byte[] bytes) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException(file + " has no folder");
        }
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, file.getFileName().toString(), ".part");
        try {
            Files.write(part, bytes);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static Path orElse(String chosen, Path otherwise) {
        return chosen.isEmpty() ? otherwise : Path.of(chosen);
    }
}
