/// Has a program that uses the library.
module com.example.consumer {
    requires io.github.trendflex;
}
