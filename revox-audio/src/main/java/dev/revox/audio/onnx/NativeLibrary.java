package dev.revox.audio.onnx;

import ai.onnxruntime.OrtEnvironment;
import dev.revox.RevoxException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ONNX Runtime's native code, unpacked once into the cache folder and checked at every start.
 *
 * <p>Left alone, the library unpacks 24 MB into a temporary folder each time a JVM starts. A file in the cache whose hash is
 * not the pinned one is unpacked anew: the jar on the class path is the authority, the cache only a copy of it. A host that
 * sets {@code onnxruntime.native.path} itself is left alone.
 *
 * <p><b>Thread:</b> Thread-safe.
 */
final class NativeLibrary {

    static final String PATH_PROPERTY = "onnxruntime.native.path";

    private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getPackageName());
    private static final String VERSION = "1.28.0";
    private static final String RESOURCES = "ai/onnxruntime/native/";

    /** SHA-256 of the files in the release's jar, by platform. */
    private static final Map<String, Map<String, String>> PINNED = Map.of(
            "linux-aarch64",
                    Map.of(
                            "libonnxruntime.so",
                            "f1ec1a08eb99bd6e5401340f0a2b101381bf4694415480291dc13bcaa30f9ec7",
                            "libonnxruntime4j_jni.so",
                            "3a245e5e8170b4e96d0e3f3707c489b3aa02b426faa7f09c6ad8b0a689134994"),
            "linux-x64",
                    Map.of(
                            "libonnxruntime.so",
                            "1461ef7cc3d9e49982591721683cc3e3a55580aeca9a5254e7aac47b75ee4bab",
                            "libonnxruntime4j_jni.so",
                            "ea5e379b2de94c4d909f9ccdf7bafd19eabfee5cd075377e139fe2795ade854c"),
            "osx-aarch64",
                    Map.of(
                            "libonnxruntime.dylib",
                            "22ca56ee53278fd8ee690e006e0259f9b152c0fc86f49e720fb938a846f75575",
                            "libonnxruntime4j_jni.dylib",
                            "298c1b52cd2dfda74481f17be25c07a54bf51bdd2faf4cccde599bc4bcc9c667"),
            "win-x64",
                    Map.of(
                            "onnxruntime.dll",
                            "8a1e380424243aad62d40c12154d60593fd1c93452849ba0c590a7a2b0a16b54",
                            "onnxruntime4j_jni.dll",
                            "ae04d3135e65ce4dc97b6950470e370a26d2796fd0966ff5b90e8fe386156878",
                            "onnxruntime_providers_shared.dll",
                            "6e781a8b103731e8a42adb79a22329cdad5a11acff3e5c57e0aaebbb500f17a8"));

    private NativeLibrary() {}

    /** Prepares the native code before ONNX Runtime is first used. */
    static void prepare(Path cacheFolder) {
        synchronized (NativeLibrary.class) {
            if (System.getProperty(PATH_PROPERTY) != null) {
                return;
            }
            String platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
            Map<String, String> files = PINNED.get(platform);
            if (files == null) {
                throw new RevoxException(
                        "ONNX Runtime " + VERSION + " has no native code for " + platform + "; there is for "
                                + PINNED.keySet(),
                        false);
            }
            Path folder = cacheFolder.resolve("onnxruntime-" + VERSION + "-" + platform);
            try {
                unpack(platform, files, folder);
                System.setProperty(PATH_PROPERTY, folder.toString());
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "cache folder {0} cannot be used ({1}); ONNX Runtime will unpack itself at every start",
                        folder,
                        e.toString());
            }
        }
    }

    /** Makes the folder hold exactly the files that are pinned. */
    static void unpack(String platform, Map<String, String> files, Path folder) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path target = folder.resolve(file.getKey());
            if (!Files.exists(target) || !Sha256.of(target).equals(file.getValue())) {
                CacheFolder.writeAtomically(target, fromJar(platform, file.getKey(), file.getValue()));
            }
        }
    }

    static Map<String, String> pinned(String platform) {
        return PINNED.getOrDefault(platform, Map.of());
    }

    static String platform(String system, String architecture) {
        String os = system.toLowerCase(Locale.ROOT);
        String name = os.startsWith("windows") ? "win" : os.startsWith("mac") ? "osx" : "linux";
        boolean x64 = List.of("amd64", "x86_64", "x64").contains(architecture.toLowerCase(Locale.ROOT));
        return name + "-" + (x64 ? "x64" : architecture.toLowerCase(Locale.ROOT));
    }

    private static byte[] fromJar(String platform, String file, String sha256) throws IOException {
        String resource = RESOURCES + platform + "/" + file;
        try (InputStream in = OrtEnvironment.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException(resource + " is not on the class path");
            }
            byte[] bytes = in.readAllBytes();
            String actual = Sha256.of(bytes);
            if (!actual.equals(sha256)) {
                throw new RevoxException(
                        "native library " + resource + " on the class path is not that of ONNX Runtime " + VERSION
                                + ": its SHA-256 is " + actual + ", expected " + sha256,
                        false);
            }
            return bytes;
        }
    }
}
