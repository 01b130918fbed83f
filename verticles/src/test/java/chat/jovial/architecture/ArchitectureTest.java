package chat.jovial.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may know what: services meet on the bus only, and dependencies run one way. */
@AnalyzeClasses(packages = "chat.jovial", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final List<String> SERVICES = List.of("edge", "ums", "mds", "mss", "fss");

  /** What every service may use; it knows none of them. */
  private static final String[] SHARED = {
    "chat.jovial.access..",
    "chat.jovial.bus..",
    "chat.jovial.config..",
    "chat.jovial.cluster..",
    "chat.jovial.cassandra..",
    "chat.jovial.keys..",
    "chat.jovial.hashing..",
    "chat.jovial.images..",
    "chat.jovial.limits..",
    "chat.jovial.memory.."
  };

  @ArchTest
  static final ArchRule only_the_launch_knows_the_server =
      noClasses()
          .that()
          .resideOutsideOfPackage("chat.jovial.server..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("chat.jovial.server..");

  @ArchTest
  static final ArchRule packages_do_not_depend_on_each_other_in_circles =
      slices().matching("chat.jovial.(*)..").should().beFreeOfCycles();

  @ArchTest
  static void parts_of_a_service_do_not_depend_on_each_other_in_circles(JavaClasses all) {
    for (String layered : List.of("mds", "mss", "ums", "fss", "server")) {
      slices().matching("chat.jovial." + layered + ".(*)").should().beFreeOfCycles().check(all);
    }
  }

  @ArchTest
  static final ArchRule the_contract_stands_alone =
      classes()
          .that()
          .resideInAPackage("chat.jovial.contract..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "chat.jovial.contract..",
              "io.vertx.core..",
              "com.fasterxml.jackson..",
              "org.jspecify.annotations..",
              "java..");

  @ArchTest
  static final ArchRule only_stores_and_the_leases_speak_cql =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "chat.jovial.mss..",
              "chat.jovial.fss..",
              "chat.jovial.keys..",
              "chat.jovial.cluster..",
              "chat.jovial.cassandra..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("com.datastax..", "io.vertx.cassandra..");

  @ArchTest
  static void services_meet_on_the_bus_only(JavaClasses all) {
    for (String service : SERVICES) {
      String[] others =
          SERVICES.stream()
              .filter(other -> !other.equals(service))
              .map(other -> "chat.jovial." + other + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("chat.jovial." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(others)
          .check(all);
    }
  }

  /** The rooms of the edge from the bottom up: each uses only those before it. */
  private static final List<String> EDGE =
      List.of(
          "webapp",
          "network",
          "frames",
          "limits",
          "operations",
          "presence",
          "connection",
          "transport",
          "files",
          "files.upload",
          "files.download",
          "http");

  @ArchTest
  static void the_packages_of_the_edge_use_each_other_one_way(JavaClasses all) {
    for (int i = 0; i < EDGE.size(); i++) {
      String[] above =
          Stream.concat(
                  EDGE.subList(i + 1, EDGE.size()).stream().map(name -> "chat.jovial.edge." + name),
                  Stream.of("chat.jovial.edge"))
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("chat.jovial.edge." + EDGE.get(i))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(above)
          .check(all);
    }
    classes()
        .that()
        .resideInAPackage("chat.jovial.edge..")
        .should()
        .resideInAnyPackage(
            Stream.concat(Stream.of(""), EDGE.stream().map(name -> "." + name))
                .map(name -> "chat.jovial.edge" + name)
                .toArray(String[]::new))
        .check(all);
  }

  @ArchTest
  static void no_package_of_the_server_has_more_than_twenty_classes(JavaClasses all) {
    Map<String, Long> files =
        all.stream()
            .filter(type -> !type.getPackageName().startsWith("chat.jovial.contract"))
            .filter(type -> !type.getPackageName().startsWith("chat.jovial.embedded"))
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    assertThat(files).isNotEmpty().allSatisfy((name, count) -> assertThat(count).isLessThan(21));
  }

  @ArchTest
  static void what_services_share_knows_none_of_them(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(SHARED)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            SERVICES.stream().map(name -> "chat.jovial." + name + "..").toArray(String[]::new))
        .check(all);
  }
}
