ASCII SPSS PORT FILE                    ASCII SPSS PORT FILE                    
ASCII SPSS PORT FILE                    ASCII SPSS PORT FILE                    
ASCII SPSS PORT FILE                    0000000000000000000000000000000000000000
0000000000000000000000000123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrst
uvwxyz .<(+|&[]!$*);^-/|,%_>?`:$@'="000000~-0000123456789000-()0{}\0000000000000
00000000000000000000000000000000000000000000000000000000SPSSPORTA8/202611216/223
1101E/GNU pspp 1.6.23J/x86_64-pc-linux-gnu61/W4A/5B/70/2/ID5/4/0/5/4/0/70/2/M15/
1/0/5/1/0/C5/Radio70/2/M25/1/0/5/1/0/89/C6/TV < 270/1/W5/9/2/5/9/2/9-1/839/70/1/
X5/9/2/5/9/2/AA9E17IR6IG+6J/76K/1/S1/6K/0/1/6K/0/70/1/DK/B/0/K/B/0/70/1/TL/8/0/L
/8/0/75/1/G1/5/0/1/5/0/85/bc   70/1/EH/C/4/H/C/4/B1/2/D1/2/M13/0/2/no1/3/yes9/4/
NoneD1/2/M23/0/2/no1/3/yes9/4/NoneD1/1/X2/-2/5/minus1.F/4/halfD1/1/G2/5/a    5/A
lpha5/bc   4/BetaE3/H/DOCUMENT one lineB/ two lines.O/   (Entered 21 Nov 2026)F1
/1/0/.F/1/6K/hello                                                              
                                                                                
                                                     IRNI+3/1BB0/5/a    2CR-7/2/
0/9/1.F/-2/6K/bye                                                               
                                                                                
                                                      G9TM+3/3E00/5/bc   5JAFNK0
C.7F/3/*.1/-2.3/7/6K/                                                           
                                                                                
                                                             *.*.5/     .3/ZZZZZ
