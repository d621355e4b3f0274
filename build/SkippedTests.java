import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Prints, at the end of the build, which tests were skipped and why.
 *
 * <p>Reads the reports of surefire and failsafe below the folder given. Run as a single source file.
 */
public final class SkippedTests {

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]).toAbsolutePath().normalize();
        TreeMap<String, List<String>> byReason = new TreeMap<>();
        int total = 0;
        for (Path report : reports(root)) {
            NodeList cases = parse(report);
            for (int i = 0; i < cases.getLength(); i++) {
                total++;
                Element test = (Element) cases.item(i);
                NodeList skipped = test.getElementsByTagName("skipped");
                if (skipped.getLength() > 0) {
                    String message = ((Element) skipped.item(0)).getAttribute("message");
                    String reason = message.replaceFirst("^[\\w.]*TestAbortedException: ", "")
                            .replaceFirst("^Assumption failed: ", "");
                    byReason.computeIfAbsent(reason.isBlank() ? "no reason given" : reason, key -> new ArrayList<>())
                            .add(test.getAttribute("classname") + "." + test.getAttribute("name"));
                }
            }
        }
        int count = byReason.values().stream().mapToInt(List::size).sum();
        System.out.println("Skipped tests: " + count + " of " + total);
        byReason.forEach((reason, tests) -> {
            System.out.println("  because " + reason);
            tests.forEach(test -> System.out.println("    " + test));
        });
    }

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> modules = Files.list(root)) {
            return modules.flatMap(module -> Stream.of("surefire-reports", "failsafe-reports")
                            .map(module.resolve("target")::resolve))
                    .filter(Files::isDirectory)
                    .flatMap(SkippedTests::list)
                    .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static NodeList parse(Path report) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getElementsByTagName("testcase");
        } catch (Exception e) {
            throw new IOException("cannot read " + report, e);
        }
    }
}
