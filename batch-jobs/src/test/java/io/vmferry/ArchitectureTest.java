package io.vmferry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.springframework.batch.core.step.builder.FlowStepBuilder;

/** The arrows of the design, held. */
@AnalyzeClasses(
        packages = "io.vmferry",
        importOptions = {ImportOption.DoNotIncludeTests.class, ArchitectureTest.NoTestJars.class})
class ArchitectureTest {
    /** Once everything is packaged, the shared contract tests come as a jar. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar");
        }
    }

    private static final String SPI = "io.vmferry.spi..";
    private static final String BATCH = "io.vmferry.batch..";
    private static final String CLI = "io.vmferry.cli..";
    private static final String DEMO = "io.vmferry.demo..";
    private static final String SIMULATORS = "io.vmferry.simulator..";

    @ArchTest
    static final ArchRule spiKnowsTheJdkOnly = classes()
            .that()
            .resideInAPackage(SPI)
            .should()
            .onlyDependOnClassesThat()
            // The JDK's own option for writing past the page cache has no name under java.
            .resideInAnyPackage(SPI, "java..", "com.sun.nio.file..", "org.jspecify..");

    /** Its transport must never be on a live path, so its classes stay behind one door. */
    @ArchTest
    static final ArchRule onlyTheClientSeesYavijava = noClasses()
            .that()
            .resideOutsideOfPackage("io.vmferry.vmware.vsphere.client..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.vmware..");

    @ArchTest
    static final ArchRule vmwareKnowsSpiOnly = onlySpi("io.vmferry.vmware..");

    @ArchTest
    static final ArchRule kubevirtKnowsSpiOnly = onlySpi("io.vmferry.kubevirt..");

    @ArchTest
    static final ArchRule converterKnowsSpiOnly = onlySpi("io.vmferry.converter..");

    @ArchTest
    static final ArchRule rulesKnowSpiOnly = onlySpi("io.vmferry.rules..");

    @ArchTest
    static final ArchRule reportsKnowSpiOnly = onlySpi("io.vmferry.reports..");

    private static ArchRule onlySpi(String own) {
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                "io.vmferry..")
                        .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(own, SPI))));
    }

    @ArchTest
    static final ArchRule onlyJobsSeeSpring = noClasses()
            .that()
            .resideOutsideOfPackage(BATCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..");

    @ArchTest
    static final ArchRule jobsDoNotKnowTheCommandLine = noClasses()
            .that()
            .resideInAPackage(BATCH)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(CLI, DEMO);

    /** See docs/decisions/0010: what a host exports is written by the converter's writer. */
    @ArchTest
    static final ArchRule simulatorsKnowSpiAndConverterOnly = classes()
            .that()
            .resideInAPackage(SIMULATORS)
            .should()
            .onlyDependOnClassesThat(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage(
                            SIMULATORS, SPI, "io.vmferry.converter..")
                    .or(com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage("io.vmferry..")));

    @ArchTest
    static final ArchRule onlyTheDemoSeesSimulators = noClasses()
            .that()
            .resideOutsideOfPackages(DEMO, SIMULATORS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SIMULATORS);

    /** Step names are shared within a job instance: in a partition, another VM's success would count as this one's. */
    @ArchTest
    static final ArchRule noFlowSteps =
            noClasses().should().dependOnClassesThat().areAssignableTo(FlowStepBuilder.class);

    @ArchTest
    static final ArchRule formatsDoNotSeeEachOther = slices().matching("io.vmferry.converter.(vmdk|qcow2|raw|stream)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule namesSayWhatTheyAre = classes()
            .should(new ArchCondition<>("not be called Util, Helper or Manager") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    String name = type.getSimpleName();
                    boolean vague = name.endsWith("Util")
                            || name.endsWith("Utils")
                            || name.endsWith("Helper")
                            || name.endsWith("Manager");
                    events.add(new SimpleConditionEvent(type, !vague, type.getFullName() + " is called " + name));
                }
            });
}
