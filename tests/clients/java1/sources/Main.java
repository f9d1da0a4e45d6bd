/** The scenarios of ../../scenarios.md by com.baidubce:bce-java-sdk. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Report report = new Report();
        Callers.tell(report);
        Temporary.tell(report);
        Life.tell(report);
        Around.tell(report);
        Many.tell(report);
        Trouble.tell(report);
        Sweep.tell(report);
        report.end();
    }
}
