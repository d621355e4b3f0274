/* Sends each datagram back to where it came from: the least that a program can do with a packet.
 * usage: echo <first port> <ports>; one socket per port, epoll, as many packets per wake-up as there are. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc < 3) return 2;
    int first = atoi(argv[1]), ports = atoi(argv[2]);
    int waiter = epoll_create1(0);
    for (int i = 0; i < ports; i++) {
        int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
        struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(first + i)};
        own.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (bind(fd, (struct sockaddr *)&own, sizeof own) != 0) {
            perror("bind");
            return 1;
        }
        struct epoll_event interest = {.events = EPOLLIN, .data.fd = fd};
        epoll_ctl(waiter, EPOLL_CTL_ADD, fd, &interest);
    }
    puts("ready");
    fflush(stdout);
    struct epoll_event ready[256];
    char packet[2048];
    for (;;) {
        int n = epoll_wait(waiter, ready, 256, -1);
        for (int i = 0; i < n; i++) {
            for (;;) {
                struct sockaddr_in from;
                socklen_t size = sizeof from;
                ssize_t got = recvfrom(ready[i].data.fd, packet, sizeof packet, 0, (struct sockaddr *)&from, &size);
                if (got < 0) break;
                sendto(ready[i].data.fd, packet, got, 0, (struct sockaddr *)&from, size);
            }
        }
    }
}
