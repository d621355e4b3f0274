package dev.revox.audio.onnx;

import dev.revox.RevoxException;
import dev.revox.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The places where model files are looked for, and the check that they are what they should be.
 *
 * <p>In this order: the path or stream that was named for the model; the folder in the system property or environment
 * variable {@code REVOX_MODELS}; the class path, under {@code dev/revox/models/}; the user's cache folder; and, only if
 * downloading was allowed, the authors' own publication, which is then kept in the cache folder with its licence beside it.
 * Wherever a file comes from, its SHA-256 must be the pinned one: a wrong one is an error and never passed over, because it
 * is either a broken file or an attack.
 *
 * <p><b>Thread:</b> Thread-safe. Blocks on disk and network.
 */
public final class ModelStore {

    /** The longest model file that is read: {@value} bytes. */
    static final int MAX_MODEL_BYTES = 64 << 20;

    private static final int MAX_LICENCE_BYTES = 1 << 16;
    private static final String RESOURCES = "dev/revox/models/";
    private static final String FOLDER_SETTING = "REVOX_MODELS";

    private final Map<String, Path> files;
    private final Map<String, Supplier<InputStream>> streams;
    private final ClassLoader classLoader;
    private final Path cache;
    private final @Nullable Download download;

    private ModelStore(Builder builder) {
        files = Map.copyOf(builder.files);
        streams = Map.copyOf(builder.streams);
        classLoader = builder.classLoader;
        cache = builder.cache;
        download = builder.download;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The usual places, no download. */
    public static ModelStore usual() {
        return builder().build();
    }

    /** The folder for what stays between runs. */
    public Path cacheFolder() {
        return cache;
    }

    /**
     * Finds a model.
     *
     * @return empty when it is in none of the places
     * @throws RevoxException when a file was found or named but is not what it should be or cannot be read, or a download
     *     that was allowed failed
     */
    public Optional<ModelFile> find(ModelSpec spec) {
        Path named = files.get(spec.fileName());
        if (named != null) {
            return Optional.of(fromFile(spec, named, "the file " + named));
        }
        Supplier<InputStream> stream = streams.get(spec.fileName());
        if (stream != null) {
            return Optional.of(fromStream(spec, stream.get(), "the given stream"));
        }
        String folder = CacheFolder.setting(FOLDER_SETTING);
        if (!folder.isEmpty() && Files.exists(Path.of(folder, spec.fileName()))) {
            return Optional.of(fromFile(spec, Path.of(folder, spec.fileName()), FOLDER_SETTING + " folder " + folder));
        }
        InputStream resource = classLoader.getResourceAsStream(RESOURCES + spec.fileName());
        if (resource != null) {
            return Optional.of(fromStream(spec, resource, "the class path"));
        }
        Path cached = cached(spec);
        if (Files.exists(cached)) {
            return Optional.of(fromFile(spec, cached, "the cache folder " + cached.getParent()));
        }
        return download == null ? Optional.empty() : Optional.of(downloaded(spec, download, cached));
    }

    /** Where {@link #find} looks, for telling an operator that it found nothing. */
    public String places(ModelSpec spec) {
        String folder = CacheFolder.setting(FOLDER_SETTING);
        return FOLDER_SETTING + (folder.isEmpty() ? " (not set)" : " " + folder) + ", the class path under " + RESOURCES
                + ", " + cached(spec) + (download == null ? "; downloading is not allowed" : "");
    }

    private Path cached(ModelSpec spec) {
        return cache.resolve("models").resolve(spec.fileName());
    }

    private static ModelFile fromFile(ModelSpec spec, Path file, String origin) {
        try {
            if (Files.size(file) > MAX_MODEL_BYTES) {
                throw new IOException("longer than " + MAX_MODEL_BYTES + " bytes");
            }
            return checked(spec, Files.readAllBytes(file), Optional.of(file), origin);
        } catch (IOException e) {
            throw new RevoxException("model file " + file + " cannot be read: " + e, e, false);
        }
    }

    private static ModelFile fromStream(ModelSpec spec, InputStream stream, String origin) {
        try (stream) {
            byte[] bytes = stream.readNBytes(MAX_MODEL_BYTES + 1);
            if (bytes.length > MAX_MODEL_BYTES) {
                throw new IOException("longer than " + MAX_MODEL_BYTES + " bytes");
            }
            return checked(spec, bytes, Optional.empty(), origin);
        } catch (IOException e) {
            throw new RevoxException(
                    "model " + spec.fileName() + " from " + origin + " cannot be read: " + e, e, false);
        }
    }

    private static ModelFile downloaded(ModelSpec spec, Download download, Path cached) {
        try {
            ModelFile model = checked(
                    spec,
                    download.fetch(spec.source(), MAX_MODEL_BYTES),
                    Optional.of(cached),
                    spec.source().toString());
            byte[] licence = download.fetch(spec.licence(), MAX_LICENCE_BYTES);
            CacheFolder.writeAtomically(cached.resolveSibling(spec.licenceFileName()), licence);
            CacheFolder.writeAtomically(cached, model.bytes());
            return model;
        } catch (IOException e) {
            throw new RevoxException(
                    "model " + spec.fileName() + " could not be downloaded from " + spec.source() + ": " + e, e, true);
        }
    }

    private static ModelFile checked(ModelSpec spec, byte[] bytes, Optional<Path> path, String origin) {
        String actual = Sha256.of(bytes);
        if (!actual.equals(spec.sha256())) {
            throw new RevoxException(
                    "model " + spec.fileName() + " from " + origin
                            + " is not the one that was asked for: its SHA-256 is " + actual + ", expected "
                            + spec.sha256() + "; replace or remove it",
                    false);
        }
        return new ModelFile(spec, bytes, path, origin);
    }

    /**
     * Where a store shall look.
     *
     * <p><b>Thread:</b> Confined to its user.
     */
    public static final class Builder {

        private final Map<String, Path> files = new HashMap<>();
        private final Map<String, Supplier<InputStream>> streams = new HashMap<>();
        private ClassLoader classLoader = ModelStore.class.getClassLoader();
        private Path cache = CacheFolder.ofUser();
        private @Nullable Download download;

        private Builder() {}

        /** This model lies there; nowhere else is looked for it. */
        public Builder file(ModelSpec spec, Path file) {
            files.put(spec.fileName(), file);
            return this;
        }

        /** This model comes from there; nowhere else is looked for it. The stream is closed by the store. */
        public Builder stream(ModelSpec spec, Supplier<InputStream> stream) {
            streams.put(spec.fileName(), stream);
            return this;
        }

        /** Whose class path is searched. */
        public Builder classLoader(ClassLoader loader) {
            classLoader = loader;
            return this;
        }

        /** Replaces the user's cache folder. */
        public Builder cacheFolder(Path folder) {
            cache = folder;
            return this;
        }

        /**
         * Allows to download what is found nowhere, once, within a minute.
         *
         * @param time tells the download when its minute is over
         */
        public Builder allowDownload(TimeSource time) {
            return download(new HttpDownload(time));
        }

        Builder download(Download way) {
            download = way;
            return this;
        }

        public ModelStore build() {
            return new ModelStore(this);
        }
    }
}
